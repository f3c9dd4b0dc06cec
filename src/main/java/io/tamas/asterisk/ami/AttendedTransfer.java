package io.tamas.asterisk.ami;

import java.util.List;

/// A phone has connected the other ends of two calls (REFER with Replaces, RFC 3891), or has tried
/// to.
///
/// @param first the name of the transferring phone's channel
/// @param second the name of the channel of the call that it named
/// @param channels the unique ids of all channels of both calls that Asterisk names
public record AttendedTransfer(String first, String second, List<String> channels) {
  public AttendedTransfer {
    channels = List.copyOf(channels);
  }
}
