package io.tamas.sms;

/// One text message.
///
/// @param id the same when it is sent again, for gateways that accept each only once
/// @param to E.164
public record Sms(String id, String to, String text) {}
