package io.tamas.company;

import io.tamas.company.Company.Part;
import io.tamas.company.Company.Prompt;
import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/// The audio of prompts, by REST: it is uploaded, converted for Asterisk and stored under the hash
/// of its content, so that no name sent by a client is ever a path.
public final class PromptAudioRoutes implements Api {
  /// Each conversion is a separate process.
  private static final int MAX_CONVERSIONS = 2;

  private static final PartAnswers ANSWERS = new PartAnswers(PartKind.PROMPT);

  private final Companies companies;
  private final PromptStore store;
  private final AudioConverter converter;
  private final Semaphore converting = new Semaphore(MAX_CONVERSIONS);

  public PromptAudioRoutes(Companies companies, PromptStore store, AudioConverter converter) {
    this.companies = companies;
    this.store = store;
    this.converter = converter;
  }

  @Override
  public void mount(Operations on) {
    on.on("putPromptAudio", this::put)
        .on("getPromptAudio", this::get)
        .on("deletePromptAudio", this::delete);
  }

  private Response put(Request request) {
    String language = request.path("language");
    find(request.path("name"));
    String audio = converted(request);
    return change(
        request,
        all -> {
          all.put(language, audio);
          return all;
        });
  }

  /// The uploaded audio, or the synthesised text.
  private Response get(Request request) {
    String language = request.path("language");
    Prompt prompt = find(request.path("name"));
    return Optional.ofNullable(prompt.audio().get(language))
        .or(() ->
            Optional.ofNullable(prompt.texts().get(language))
                .map(text -> PromptFiles.nameOf(language, text)))
        .filter(store::has)
        .map(name ->
            new Response.File(
                store.file(name), "audio/wav", prompt.name() + "-" + language + ".wav"))
        .orElseThrow(() -> absent(request));
  }

  private Response delete(Request request) {
    String language = request.path("language");
    if (!find(request.path("name")).audio().containsKey(language)) {
      throw absent(request);
    }
    String name = request.path("name");
    CompanyOutcome outcome = companies.deleteAudio(name, language, ETag.expected(request));
    return ANSWERS.stored(ANSWERS.done(outcome, name).stored());
  }

  private Prompt find(String name) {
    return companies
        .find(PartKind.PROMPT, name)
        .map(stored -> (Prompt) stored.part())
        .orElseThrow(() -> ANSWERS.absent(name));
  }

  private static Problem absent(Request request) {
    return Problem.notFound(
        "audio of prompt " + request.path("name") + " in " + request.path("language"));
  }

  private Response change(Request request, UnaryOperator<Map<String, String>> how) {
    String name = request.path("name");
    CompanyOutcome outcome =
        companies.change(
            PartKind.PROMPT,
            name,
            ETag.expected(request),
            part -> withAudio((Prompt) part, how.apply(new HashMap<>(((Prompt) part).audio()))));
    return ANSWERS.stored(ANSWERS.done(outcome, name).stored());
  }

  private static Part withAudio(Prompt prompt, Map<String, String> audio) {
    return new Prompt(prompt.name(), prompt.sound(), prompt.texts(), Map.copyOf(audio));
  }

  private String converted(Request request) {
    if (!converting.tryAcquire()) {
      throw Problem.unavailable("other audio is being converted");
    }
    try {
      return store.put(out -> converter.convert(request.file(), out));
    } catch (SoundFault.Refused e) {
      throw Problem.invalid(List.of(new Problem.Fault("body", String.valueOf(e.getMessage()))));
    } catch (SoundFault e) {
      throw Problem.unavailable("the audio cannot be converted now: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      converting.release();
    }
  }
}
