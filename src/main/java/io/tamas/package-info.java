/// The command line and the composition root: the only code that wires the packages together.
///
/// Each wing wires and starts its components; [Server] connects the wings. Beside them is what
/// belongs to no single package: [CompanyPhones] and [SignInAlarms], between Asterisk, company and
/// events.
@NullMarked
package io.tamas;

import org.jspecify.annotations.NullMarked;
