/// The log of changes: who did what, when and from where, with what was before and after. A row is
/// written in the transaction of its change ([io.tamas.audit.Audit]), so there is neither without
/// the other. One thread links the rows into a chain of hashes ([io.tamas.audit.Chain]), by which a
/// row that somebody changes, removes or puts in later is found.
///
/// Values of the phone book are not in it, only which of them were changed: what is deleted there
/// is gone. Nor are secrets.
@NullMarked
package io.tamas.audit;

import org.jspecify.annotations.NullMarked;
