/// Profiles of persons and organisations, and the lookup of callers.
@NullMarked
package io.tamas.crm;

import org.jspecify.annotations.NullMarked;
