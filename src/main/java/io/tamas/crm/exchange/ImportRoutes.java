package io.tamas.crm.exchange;

import io.tamas.crm.PathId;
import io.tamas.web.Api;
import io.tamas.web.Csv;
import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Imports by REST.
public final class ImportRoutes implements Api {
  private static final String LIST = "imports";
  private static final String REFUSALS = "import-refusals";
  private static final int ROWS_AT_ONCE = 500;

  private final Imports imports;
  private final ImportFolder folder;
  private final Uploads uploads;
  private final Runnable wake;

  /// @param wake has the importer look for work
  public ImportRoutes(Imports imports, ImportFolder folder, Uploads uploads, Runnable wake) {
    this.imports = imports;
    this.folder = folder;
    this.uploads = uploads;
    this.wake = wake;
  }

  @Override
  public void mount(Operations on) {
    Handler upload = this::upload;
    on.on("createImport", upload.receiving(uploads))
        .on("listImports", this::list)
        .on("getImport", request -> Response.ok(existing(request)))
        .on("putImportFormat", this::format)
        .on("putImportMapping", this::map)
        .on("tryImport", request -> began(imports.begin(id(request), ImportState.CHECKING)))
        .on("runImport", request -> began(imports.begin(id(request), ImportState.RUNNING)))
        .on("cancelImport", this::cancel)
        .on("undoImport", request -> began(imports.undo(id(request))))
        .on("listImportRefusals", this::refusals)
        .on("getImportRefusalsCsv", this::refusalsCsv);
  }

  private Response upload(Request request) {
    Path file = request.file();
    Import created =
        imports.create(
            request.query("name").orElse(""),
            size(file),
            request.principal(),
            one -> folder.keep(one.id(), file));
    wake.run();
    return Response.created("/api/v1/imports/" + created.id(), created);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Listed<T>(List<T> items, Optional<String> next) {}

  private Response list(Request request) {
    Optional<Long> before =
        request.query("cursor").map(text -> Cursor.parse(LIST, 1, text).field(0, Long::valueOf));
    int limit = request.limit();
    List<Import> found = imports.list(before, limit + 1);
    List<Import> page = found.stream().limit(limit).toList();
    return Response.ok(
        new Listed<>(
            page,
            found.size() > limit
                ? Optional.of(Cursor.of(LIST, page.getLast().id()).text())
                : Optional.empty()));
  }

  private record Format(
      Optional<TextEncoding> encoding, Optional<Delimiter> delimiter, Optional<Boolean> header) {
    SheetFormat of(SheetFormat found) {
      return switch (found) {
        case SheetFormat.Csv(TextEncoding was, Delimiter before) ->
            new SheetFormat.Csv(encoding.orElse(was), delimiter.orElse(before));
        case SheetFormat.Xlsx _, SheetFormat.Xls _ -> {
          if (encoding.isPresent() || delimiter.isPresent()) {
            throw Problem.conflict("a workbook has neither an encoding nor a delimiter");
          }
          yield found;
        }
      };
    }
  }

  private Response format(Request request) {
    Import one = existing(request);
    Format wanted = request.body(Format.class);
    SheetFormat found =
        one.format()
            .orElseThrow(() -> Problem.conflict("import %d was not read yet".formatted(one.id())));
    return began(imports.reread(one.id(), wanted.of(found), wanted.header().orElse(one.header())));
  }

  private Response map(Request request) {
    return Response.ok(imports.map(id(request), request.body(Mapping.class)));
  }

  private Response began(Import one) {
    wake.run();
    return new Response.Body(202, Map.of(), one);
  }

  private Response cancel(Request request) {
    Import one = imports.cancel(id(request));
    if (one.state() == ImportState.CANCELLED) {
      folder.remove(one.id());
    }
    return began(one);
  }

  private Response refusals(Request request) {
    long id = existing(request).id();
    long after =
        request
            .query("cursor")
            .map(text -> Cursor.parse(REFUSALS, 1, text).field(0, Long::valueOf))
            .orElse(0L);
    int limit = request.limit();
    List<Refusal> found = imports.refusals().list(id, after, limit + 1);
    List<Refusal> page = found.stream().limit(limit).toList();
    return Response.ok(
        new Listed<>(
            page,
            found.size() > limit
                ? Optional.of(Cursor.of(REFUSALS, page.getLast().row()).text())
                : Optional.empty()));
  }

  /// The rows as they were, with why, so that they can be put right and imported.
  private Response refusalsCsv(Request request) {
    Import one = existing(request);
    AtomicLong after = new AtomicLong(-1);
    Response.Chunks chunks =
        () -> {
          if (after.get() < 0) {
            after.set(0);
            return Optional.of(Csv.BOM + row(one.headings().orElse(List.of()), "row", "reason"));
          }
          List<Refusal> next = imports.refusals().list(one.id(), after.get(), ROWS_AT_ONCE);
          if (next.isEmpty()) {
            return Optional.empty();
          }
          after.set(next.getLast().row());
          return Optional.of(
              next.stream().map(refusal -> row(one, refusal)).collect(Collectors.joining()));
        };
    return new Response.Stream(
        Map.of("content-disposition", "attachment; filename=\"refused.csv\""), Csv.TYPE, chunks);
  }

  private static String row(Import one, Refusal refusal) {
    String reason =
        refusal
            .column()
            .map(column ->
                one.headings().orElse(List.of()).get(column - 1) + ": " + refusal.reason())
            .orElse(refusal.reason());
    List<String> cells = new ArrayList<>(refusal.cells());
    while (cells.size() < one.width()) {
      cells.add("");
    }
    return row(cells, "" + refusal.row(), reason);
  }

  private static String row(List<String> cells, String number, String reason) {
    List<String> all = new ArrayList<>(cells);
    all.add(number);
    all.add(reason);
    return Csv.row(all.stream().map(GuardedCell::of).toArray(String[]::new));
  }

  private Import existing(Request request) {
    long id = id(request);
    return imports.find(id).orElseThrow(() -> Problem.notFound("import " + id));
  }

  private static long id(Request request) {
    return PathId.of(request, "import " + request.path("id"));
  }
}
