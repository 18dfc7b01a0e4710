#ifndef CARECONNECT_SRTP3_ON_SRTP2_H
#define CARECONNECT_SRTP3_ON_SRTP2_H

/**
 * libsrtp 3's interface, as far as mediasoup-worker uses it, on libsrtp 2.5.
 *
 * Version 3 made the policy opaque and gave the packet functions separate input
 * and output buffers; version 2 works in place. So the policy is a small struct
 * here, and each packet function copies its input to the output and calls the
 * in-place function of the same name, which C++ tells apart by its arguments.
 */

// Version 2's struct would otherwise take the name of version 3's handle.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Error codes that version 3 added. The values follow version 2's last one.
constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct srtp3_policy
{
	srtp2_policy_t policy{};
	// Master key followed by master salt.
	unsigned char key[SRTP_MAX_KEY_LEN]{};
};

using srtp_policy_t = srtp3_policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) srtp3_policy{};

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy)
	{
		// Key material must not stay in freed memory; volatile keeps the writes.
		volatile unsigned char* key = policy->key;

		for (std::size_t i{ 0 }; i < sizeof(policy->key); ++i)
		{
			key[i] = 0;
		}
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->policy.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const srtp_err_status_t err =
	  srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);

	if (err != srtp_err_status_ok)
	{
		return err;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const std::uint8_t* key,
  std::size_t keyLen,
  const std::uint8_t* salt,
  std::size_t saltLen,
  const std::uint8_t* /*mki*/,
  std::size_t mkiLen)
{
	// The worker never uses a master key identifier.
	if (mkiLen != 0 || keyLen + saltLen > sizeof(policy->key))
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	policy->policy.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->policy.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, std::size_t size)
{
	policy->policy.window_size = size;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, &policy->policy);
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, std::uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

namespace srtp3_on_srtp2
{
	using InPlace = srtp_err_status_t (*)(srtp_t, void*, int*);

	/**
	 * @param room - How far the in-place function may write beyond the input.
	 */
	inline srtp_err_status_t Run(
	  InPlace function,
	  srtp_t session,
	  const std::uint8_t* in,
	  std::size_t inLen,
	  std::uint8_t* out,
	  std::size_t* outLen,
	  std::size_t room)
	{
		if (inLen + room > *outLen)
		{
			return srtp_err_status_buffer_small;
		}

		if (in != out)
		{
			std::memmove(out, in, inLen);
		}

		int len = static_cast<int>(inLen);

		const srtp_err_status_t err = function(session, out, &len);

		if (err == srtp_err_status_ok)
		{
			*outLen = static_cast<std::size_t>(len);
		}

		return err;
	}
} // namespace srtp3_on_srtp2

inline srtp_err_status_t srtp_protect(
  srtp_t session,
  const std::uint8_t* rtp,
  std::size_t rtpLen,
  std::uint8_t* srtp,
  std::size_t* srtpLen,
  std::size_t /*mkiIndex*/)
{
	return srtp3_on_srtp2::Run(
	  static_cast<srtp3_on_srtp2::InPlace>(::srtp_protect),
	  session, rtp, rtpLen, srtp, srtpLen, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const std::uint8_t* srtp, std::size_t srtpLen, std::uint8_t* rtp, std::size_t* rtpLen)
{
	return srtp3_on_srtp2::Run(
	  static_cast<srtp3_on_srtp2::InPlace>(::srtp_unprotect), session, srtp, srtpLen, rtp, rtpLen, 0);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session,
  const std::uint8_t* rtcp,
  std::size_t rtcpLen,
  std::uint8_t* srtcp,
  std::size_t* srtcpLen,
  std::size_t /*mkiIndex*/)
{
	// The 32-bit SRTCP index also fits: no MKI is ever written, so 128 bytes of the room are free.
	return srtp3_on_srtp2::Run(
	  static_cast<srtp3_on_srtp2::InPlace>(::srtp_protect_rtcp),
	  session, rtcp, rtcpLen, srtcp, srtcpLen, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session,
  const std::uint8_t* srtcp,
  std::size_t srtcpLen,
  std::uint8_t* rtcp,
  std::size_t* rtcpLen)
{
	return srtp3_on_srtp2::Run(
	  static_cast<srtp3_on_srtp2::InPlace>(::srtp_unprotect_rtcp),
	  session, srtcp, srtcpLen, rtcp, rtcpLen, 0);
}

#endif
