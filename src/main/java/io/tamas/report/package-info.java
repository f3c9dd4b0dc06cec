/// Counts of ended calls by hour, day, extension and group, as JSON and CSV.
///
/// Reads tables only, and knows the calls by their columns and the JSON of their records.
@NullMarked
package io.tamas.report;

import org.jspecify.annotations.NullMarked;
