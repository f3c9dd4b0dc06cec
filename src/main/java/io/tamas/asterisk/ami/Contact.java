package io.tamas.asterisk.ami;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Where a device has registered (RFC 3261 section 10), as Asterisk lists it. Address and agent are
/// text from the network.
///
/// @param id of the object in Asterisk, such as `101;@` and the MD5 of the address
/// @param uri with the source address and port in place of those that the device gave
/// @param agent empty if it gave none
/// @param reachable empty while it has not been asked (OPTIONS)
/// @param roundTrip of the last question
public record Contact(
    String id,
    String uri,
    String agent,
    Instant expiresAt,
    Optional<Boolean> reachable,
    Optional<Duration> roundTrip) {}
