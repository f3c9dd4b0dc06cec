package io.tamas.hook;

import java.util.List;
import java.util.Set;

/// A webhook whose events are sent.
///
/// @param events the types that it wants
/// @param secrets by which requests are signed, the newest first
/// @param readTo the id of the last event of which deliveries were made
record Hook(
    long id,
    String name,
    String url,
    Set<String> events,
    List<WebhookSecret> secrets,
    long readTo) {}
