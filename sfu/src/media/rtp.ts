import type { DtlsParameters, RtpCapabilities, RtpParameters } from '@careconnect/contracts';
import { ortc, type types } from 'mediasoup';
import { media } from './media-errors.ts';

/*
 * The contract bounds these shapes, mediasoup checks their meaning. They are the same objects: the
 * types differ only in that mediasoup's do not admit an optional field that is there and undefined.
 */

export function toRtpParameters(parameters: RtpParameters): types.RtpParameters {
  return parameters as types.RtpParameters;
}

export function toDtlsParameters(parameters: DtlsParameters): types.DtlsParameters {
  return parameters as types.DtlsParameters;
}

/** Checked once when a seat opens, so that a bad one is refused there and not when others enter. */
export async function checkRtpCapabilities(capabilities: RtpCapabilities): Promise<types.RtpCapabilities> {
  const checked = structuredClone(capabilities) as types.RtpCapabilities;
  await media('the codecs', async () => ortc.validateAndNormalizeRtpCapabilities(checked));
  return checked;
}
