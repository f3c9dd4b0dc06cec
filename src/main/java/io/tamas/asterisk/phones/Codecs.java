package io.tamas.asterisk.phones;

/// The codecs that endpoints may use. Opus only where Asterisk can also transcode it: a recording
/// or an announcement could not be heard otherwise.
record Codecs(boolean opus) {
  String allow() {
    return opus ? "!all,ulaw,alaw,opus" : "!all,ulaw,alaw";
  }
}
