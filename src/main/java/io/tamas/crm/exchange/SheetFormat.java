package io.tamas.crm.exchange;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// How a file is to be read.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SheetFormat.Csv.class, name = "CSV"),
  @JsonSubTypes.Type(value = SheetFormat.Xlsx.class, name = "XLSX"),
  @JsonSubTypes.Type(value = SheetFormat.Xls.class, name = "XLS")
})
sealed interface SheetFormat {
  /// A text whose cells a character parts.
  record Csv(TextEncoding encoding, Delimiter delimiter) implements SheetFormat {}

  /// A workbook.
  ///
  /// @param sheet the name of the sheet that is read
  record Xlsx(String sheet) implements SheetFormat {}

  /// A workbook of Excel 97 to 2003.
  ///
  /// @param sheet the name of the sheet that is read
  record Xls(String sheet) implements SheetFormat {}
}
