package io.tamas.crm;

import java.util.List;

/// Whose timeline it is.
///
/// @param profiles ids of the profile and of those that were merged into it, its own first; of a
///   number none
/// @param numbers as calls have them
public record TimelineSubject(List<Long> profiles, List<String> numbers) {}
