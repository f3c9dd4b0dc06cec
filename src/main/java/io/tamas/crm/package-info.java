/// The phone book: profiles of persons and organisations, their groups, fields and notes; and the
/// lookup of callers.
@NullMarked
package io.tamas.crm;

import org.jspecify.annotations.NullMarked;
