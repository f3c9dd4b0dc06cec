package io.tamas.crm;

import java.util.Set;

/// Of which parts the other profile's value stays when two are merged and both have one.
///
/// @param fields names of texts of one's own
/// @param values ids of fields of the company and of groups
record MergeChoice(Set<Part> parts, Set<String> fields, Set<Long> values) {
  /// What a profile has one of. Numbers, e-mail addresses and groups are united.
  enum Part {
    NAME,
    ORGANISATION,
    CATEGORY,
    OWNER,
    ADDRESS
  }
}
