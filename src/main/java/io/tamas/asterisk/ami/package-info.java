/// Asterisk's manager interface (AMI): what ARI cannot do to calls that live in the dialplan.
///
/// Actions, and who signs in; what happened to calls is told by the journal. Speaks the protocol
/// and knows no feature; may use `config` and `number`. While Asterisk is away every action fails
/// at once; the connection comes back by itself.
@NullMarked
package io.tamas.asterisk.ami;

import org.jspecify.annotations.NullMarked;
