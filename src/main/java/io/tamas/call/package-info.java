/// Calls: the script that answers the dialplan, the fold from the journal to the record, records
/// and recordings.
@NullMarked
package io.tamas.call;

import org.jspecify.annotations.NullMarked;
