package io.tamas.crm.exchange;

import io.tamas.crm.DraftText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads the groups that rows name. Pure.
///
/// @param ofAll the ids of those to which each profile of the file belongs
/// @param missing what becomes of those that are not there
record GroupReading(MappedCells cells, List<Long> ofAll, PhoneBook book, MissingGroups missing) {
  private static final int LONGEST_NAME = 100;

  private static final Pattern LISTED = Pattern.compile("\\s*[,;،؛]\\s*");

  /// @throws RefusedRow if there is no such group
  List<Long> read(SheetRow row) {
    Set<Long> all = new TreeSet<>(ofAll);
    cells.each(
        row,
        Target.GROUPS,
        (cell, column) -> {
          // then nothing else parts them
          boolean isParted = cell.contains(MappedCells.SEVERAL);
          for (String part : MappedCells.LINES_OR_SEVERAL.split(cell)) {
            // a name may have a comma
            Optional<Long> whole = isParted ? Optional.empty() : book.group(part);
            String[] names =
                isParted || whole.isPresent() ? new String[] {part} : LISTED.split(part);
            for (String name : names) {
              all.add(whole.or(() -> book.group(name)).orElseGet(() -> missing(name, column)));
            }
          }
        });
    return List.copyOf(all);
  }

  private long missing(String name, MappedColumn column) {
    String line = MappedCells.line(name, column.column(), LONGEST_NAME, DraftText::seen);
    return missing.id(line, column.column(), book.groups().size());
  }

  /// Groups in a cell, so that they are read again as they are.
  static String cell(List<String> names) {
    boolean isParted = names.stream().anyMatch(name -> LISTED.matcher(name).find());
    return isParted
        ? String.join("\n" + MappedCells.SEVERAL + "\n", names) + "\n" + MappedCells.SEVERAL
        : String.join("\n", names);
  }
}
