/// The answer to the dialplan: a question over FastAGI becomes a [io.tamas.routing.CallContext],
/// the router decides, and the decision becomes channel variables; and the same by REST for calls
/// that are only imagined.
///
/// Needs the company in memory only: without PostgreSQL and CRM the caller is unknown and the call
/// is routed.
@NullMarked
package io.tamas.call.decision;

import org.jspecify.annotations.NullMarked;
