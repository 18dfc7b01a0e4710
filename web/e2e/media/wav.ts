const SAMPLE_RATE = 48_000;
const SYLLABLES_PER_SECOND = 4;

/**
 * A WAV file for Chromium's fake microphone that noise suppression takes for a voice: harmonics of a
 * wandering pitch in syllables. A steady tone would be removed as noise.
 */
export function makeWav({ seconds, pitchHz }: { seconds: number; pitchHz: number }): Buffer {
  const samples = SAMPLE_RATE * seconds;
  const data = Buffer.alloc(samples * 2);
  let phase = 0;
  for (let index = 0; index < samples; index += 1) {
    const time = index / SAMPLE_RATE;
    phase += (2 * Math.PI * pitchHz * (1 + 0.1 * Math.sin(2 * Math.PI * 1.3 * time))) / SAMPLE_RATE;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * SYLLABLES_PER_SECOND * time)) ** 0.5;
    let voice = 0;
    for (let harmonic = 1; harmonic <= 8; harmonic += 1) voice += Math.sin(phase * harmonic) / harmonic;
    data.writeInt16LE(Math.round(voice * syllable * 0.35 * 0x7fff * 0.5), index * 2);
  }
  return Buffer.concat([wavHeader(data.length), data]);
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
