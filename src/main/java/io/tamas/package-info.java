/// The command line and the composition root: the only code that wires the rooms together.
///
/// Each wing knows its parts and starts them; [Server] joins the wings. Beside them stands what
/// belongs to no room alone: [CompanyPhones] and [SignInAlarms], between Asterisk, company and
/// events.
@NullMarked
package io.tamas;

import org.jspecify.annotations.NullMarked;
