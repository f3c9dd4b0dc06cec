/// Callers as a CRM of another maker knows them: asked by HTTP as a template says, kept in memory
/// and refreshed behind. A CRM that is slow, lies or is dead delays no call: it knows nobody then.
@NullMarked
package io.tamas.crm.outside;

import org.jspecify.annotations.NullMarked;
