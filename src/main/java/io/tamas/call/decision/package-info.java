/// The answers to the dialplan: a request over FastAGI becomes a [io.tamas.routing.CallContext],
/// the router decides, and the decision becomes channel variables; and the same by REST for
/// simulated calls.
///
/// Needs the company in memory only: without PostgreSQL and CRM the caller is unknown and the call
/// is still routed.
@NullMarked
package io.tamas.call.decision;

import org.jspecify.annotations.NullMarked;
