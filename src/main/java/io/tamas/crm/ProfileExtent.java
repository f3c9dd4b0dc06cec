package io.tamas.crm;

/// How large a file of profiles becomes.
///
/// @param mostNumbers of one of them
public record ProfileExtent(long profiles, int mostNumbers) {}
