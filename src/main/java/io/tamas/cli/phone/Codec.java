package io.tamas.cli.phone;

/// The two ways of ITU-T G.711 to put a sample into a byte, with their payload types (RFC 3551).
enum Codec {
  PCMU(0) {
    @Override
    byte encode(int sample) {
      int sign = sample < 0 ? 0x80 : 0;
      int magnitude = Math.min(Math.abs(sample), 32635) + 132;
      int exponent = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude) - 7);
      int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
      return (byte) ~(sign | exponent << 4 | mantissa);
    }
  },
  PCMA(8) {
    @Override
    byte encode(int sample) {
      int sign = sample < 0 ? 0 : 0x80;
      int magnitude = Math.min(Math.abs(sample), 32635);
      int exponent = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude | 1) - 7);
      int mantissa = (magnitude >> (exponent == 0 ? 4 : exponent + 3)) & 0x0F;
      return (byte) ((sign | exponent << 4 | mantissa) ^ 0x55);
    }
  };

  private final int payloadType;

  Codec(int payloadType) {
    this.payloadType = payloadType;
  }

  int payloadType() {
    return payloadType;
  }

  /// @param sample 16 bits, signed
  abstract byte encode(int sample);
}
