package io.tamas.crm.exchange;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What parts the cells of a text. Pure.
enum Delimiter {
  COMMA(','),
  SEMICOLON(';'),
  TAB('\t'),
  PIPE('|');

  /// By which a file tells Excel its delimiter, in a line of its own before all others.
  private static final String TOLD = "sep=";

  private static final int COMPARED_ROWS = 20;

  private final char character;

  Delimiter(char character) {
    this.character = character;
  }

  char character() {
    return character;
  }

  /// The one by which the first rows have the most cells, as many in most rows as in the first; a
  /// comma where there is but one column.
  static Delimiter of(String beginning) {
    return told(beginning)
        .orElseGet(() -> {
          // the last line may be cut off
          int end = beginning.lastIndexOf('\n');
          String whole = end > 0 ? beginning.substring(0, end) : beginning;
          return Stream.of(values())
              .max(
                  Comparator.comparingInt((Delimiter one) -> one.fit(whole))
                      .thenComparing(Comparator.reverseOrder()))
              .orElse(COMMA);
        });
  }

  /// The one that the first line tells.
  static Optional<Delimiter> told(String beginning) {
    return Stream.of(values())
        .filter(one -> beginning.regionMatches(true, 0, TOLD + one.character, 0, TOLD.length() + 1))
        .filter(_ -> beginning.substring(TOLD.length() + 1).matches("(?s)[ \t]*([\r\n].*)?"))
        .findFirst();
  }

  private int fit(String beginning) {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(character)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .allowExtraCharsAfterClosingQuote(true)
            .ofCsvRecord(beginning)) {
      List<Integer> counts =
          reader.stream().limit(COMPARED_ROWS).map(CsvRecord::getFieldCount).toList();
      int first = counts.isEmpty() ? 0 : counts.getFirst();
      long same = counts.stream().filter(count -> count == first).count();
      return same * 2 > counts.size() ? first : 0;
    } catch (java.io.IOException | CsvParseException e) {
      return 0;
    }
  }
}
