/// What was deleted can be brought back for ten minutes, by who has deleted it: the rows are kept
/// as they were in a trash that no list shows, together with the change that deletes them, and each
/// feature brings back its own ([io.tamas.undo.Undoable]). Afterwards they are gone for good.
///
/// Without PostgreSQL nothing is deleted and nothing is brought back.
@NullMarked
package io.tamas.undo;

import org.jspecify.annotations.NullMarked;
