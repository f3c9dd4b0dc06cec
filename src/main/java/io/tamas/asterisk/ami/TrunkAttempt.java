package io.tamas.asterisk.ami;

/// A trunk is called now.
///
/// @param channel the unique id of the channel to it
/// @param name of that channel
/// @param address at which its server is called, where that has several; else empty
/// @param emergency whether the call is one to an emergency number
public record TrunkAttempt(String channel, String name, String address, boolean emergency) {}
