package io.tamas.crm;

/// A group of the phone book; a profile may be in several.
///
/// @param version grows by one with each change
public record ProfileGroup(long id, String name, long version) {}
