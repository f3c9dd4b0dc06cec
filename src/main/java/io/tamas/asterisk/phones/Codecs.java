package io.tamas.asterisk.phones;

/// The codecs that endpoints may use. Opus only if Asterisk can also transcode it: otherwise
/// recordings and announcements would not work.
record Codecs(boolean opus) {
  String allow() {
    return opus ? "!all,ulaw,alaw,opus" : "!all,ulaw,alaw";
  }
}
