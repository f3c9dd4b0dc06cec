/// The phone book as files of spreadsheets: import, its undo, and export.
///
/// A file is read row by row, and rows are stored in batches, each in one transaction with the
/// position in the file: so an import that was broken off goes on where it was, and memory does not
/// grow with the file. Only one import at a time is in work.
@NullMarked
package io.tamas.crm.exchange;

import org.jspecify.annotations.NullMarked;
