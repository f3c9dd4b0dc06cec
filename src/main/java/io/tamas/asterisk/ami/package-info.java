/// Asterisk's manager interface (AMI): what ARI cannot do with calls in the dialplan.
///
/// Actions, and events of SIP authentication; what happened to calls is in the journal. Speaks the
/// protocol and knows no feature; may use `config` and `number`. While Asterisk is down every
/// action fails at once; the connection is restored by itself.
@NullMarked
package io.tamas.asterisk.ami;

import org.jspecify.annotations.NullMarked;
