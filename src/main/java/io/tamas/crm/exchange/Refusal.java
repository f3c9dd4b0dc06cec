package io.tamas.crm.exchange;

import java.util.List;
import java.util.Optional;

/// A row that is not imported, and why.
///
/// @param row its number, the first is 1
/// @param column at fault, the first is 1; none: the row as a whole
record Refusal(long row, Optional<Integer> column, String reason, List<String> cells) {}
