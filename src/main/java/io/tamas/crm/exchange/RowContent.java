package io.tamas.crm.exchange;

import io.tamas.crm.FieldValue;
import io.tamas.crm.Profile;
import io.tamas.crm.Profile.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a row says of a profile; what is empty it does not say.
///
/// @param id as in an exported file
/// @param organisation its name
/// @param texts by names of one's own
/// @param values of each field
record RowContent(
    Optional<Long> id,
    Optional<Kind> kind,
    String name,
    Optional<String> organisation,
    Optional<String> category,
    Optional<String> owner,
    List<Profile.Number> numbers,
    List<String> emails,
    Optional<String> address,
    List<Long> groups,
    Map<String, String> texts,
    Map<Long, List<FieldValue>> values) {

  /// The same in groups that were made meanwhile.
  ///
  /// @param made their ids, by those of before
  RowContent withMade(Map<Long, Long> made) {
    return new RowContent(
        id,
        kind,
        name,
        organisation,
        category,
        owner,
        numbers,
        emails,
        address,
        groups.stream().map(group -> made.getOrDefault(group, group)).toList(),
        texts,
        values);
  }
}
