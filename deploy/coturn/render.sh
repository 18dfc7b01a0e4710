#!/bin/sh
# Prints turnserver.conf with what this environment says: ./render.sh > /etc/turnserver.conf
set -eu
: "${TURN_LISTEN_IP:?the address of this machine that clients reach}"
: "${TURN_REALM:?the name of this relay, for example turn.example.org}"
: "${TURN_SECRET:?the same as TURN_SECRET of signaling}"
: "${MEDIA_ADDRESS:?the IP address that browsers reach the media server at}"
: "${TURN_CERT_FILE:?the certificate for TURN_REALM, with its chain}"
: "${TURN_KEY_FILE:?the key of the certificate}"
eval "cat <<CONFIGURATION
$(cat "$(dirname "$0")/turnserver.conf")
CONFIGURATION"
