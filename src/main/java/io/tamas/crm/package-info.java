/// Profiles of persons and organisations, and who a caller is.
@NullMarked
package io.tamas.crm;

import org.jspecify.annotations.NullMarked;
