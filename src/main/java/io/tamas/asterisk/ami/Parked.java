package io.tamas.asterisk.ami;

/// Asterisk has parked a channel.
///
/// @param channel its name
/// @param slot such as `701`
public record Parked(String channel, String uniqueId, String linkedId, String slot) {}
