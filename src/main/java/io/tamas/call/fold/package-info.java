/// From the rows of the journal to the record of a call.
///
/// **Pure**: the same rows make the same record and the same moments, however often and in however
/// many pieces they are applied; whatever a journal holds, no row is refused. Other rooms see
/// [CallFold] with its results, and [ConnectedChannels].
@NullMarked
package io.tamas.call.fold;

import org.jspecify.annotations.NullMarked;
