/// Folds the rows of the journal into the record of a call.
///
/// **Pure**: the same rows make the same record and the same moments, however often and in however
/// many pieces they are applied; whatever a journal contains, no row is refused. Other rooms use
/// [CallFold] with its results, and [ConnectedChannels].
@NullMarked
package io.tamas.call.fold;

import org.jspecify.annotations.NullMarked;
