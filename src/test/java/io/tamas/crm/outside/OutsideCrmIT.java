package io.tamas.crm.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.lab.Eventually;
import io.tamas.lab.FreePorts;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against stand-ins of CRMs that answer as their makers say, or as they should not.
class OutsideCrmIT {
  private static final PhoneNumber ALI = new PhoneNumber("+989121234567");
  private static final Duration SOON = Duration.ofSeconds(10);

  /// More than any answer of a stand-in takes.
  private static final long AMPLE = TimeUnit.SECONDS.toNanos(10);

  private static final String BITRIX =
      """
      {"result":[{"CRM_ENTITY_TYPE":"CONTACT","CRM_ENTITY_ID":"42","ASSIGNED_BY_ID":"7",
        "NAME":"Ali Karimi","ASSIGNED_BY":{"ID":"7","USER_PHONE_INNER":"101"}},
        {"CRM_ENTITY_TYPE":"LEAD","CRM_ENTITY_ID":"43","NAME":"Another"}],"time":{"duration":0.1}}
      """;

  private static final String AMO =
      """
      {"_page":1,"_embedded":{"contacts":[{"id":41,"name":"Another","price":9121234560},{"id":42,"name":"Ali Karimi","responsible_user_id":7,
        "custom_fields_values":[{"field_code":"PHONE","values":[{"value":"8 (912) 123-45-67"}]}]}]}}
      """;

  private static final String ODOO =
      "[{\"id\":42,\"name\":\"Ali Karimi\",\"user_id\":[7,\"Leila\"]}]";

  private static final String PLAIN =
      """
      {"data":{"key":"42","title":"Ali Karimi","agent":"101","page":"https://crm.example/42"}}
      """;

  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final AtomicLong clock = new AtomicLong();
  private final int port = FreePorts.take();
  private HttpServer server = vertx.createHttpServer();

  @BeforeEach
  void nothingAnswersYet() {
    received.clear();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bitrix24 | POST /rest/1/s3cret/telephony.externalCall.searchCrmEntities.json null null {"PHONE_NUMBER":"+989121234567"} | /crm/contact/details/42/
          amocrm | GET /rest/1/s3cret/api/v4/contacts?limit=10&query=9121234567 Bearer s3cret null  | /contacts/detail/42
          odoo | POST /rest/1/s3cret/json/2/res.partner/search_read bearer s3cret acme {"domain":[["phone_sanitized","=","+989121234567"]],"fields":["name","user_id"],"limit":1} | /web#id=42&model=res.partner&view_type=form
          json | GET /rest/1/s3cret null null  | https://crm.example/42
          """)
  void eachTemplateAsksAsItsMakerSaysAndReadsTheAnswer(String template, String asked, String link)
      throws Exception {
    String answer =
        switch (template) {
          case "bitrix24" -> BITRIX;
          case "amocrm" -> AMO;
          case "odoo" -> ODOO;
          default -> PLAIN;
        };
    serve(request -> request.response().end(answer));
    OutsideCrm crm = crm(template);
    String page = link.startsWith("/") ? "http://127.0.0.1:" + port + link : link;
    assertEquals(
        Optional.of(
            new OutsideContact(
                "42", "Ali Karimi", Optional.of(page), Optional.of(new ExtensionNumber("101")))),
        crm.find(ALI, AMPLE));
    assertEquals(List.of(asked.strip()), received.stream().map(String::strip).toList());
  }

  @Test
  void answersAreKeptAlsoThatNobodyHasTheNumberAndRefreshedBehind() throws Exception {
    serve(request -> request.response().setStatusCode(204).end());
    OutsideCrm crm = crm("amocrm");
    assertEquals(Optional.empty(), crm.find(ALI, AMPLE));
    assertEquals(Optional.empty(), crm.find(ALI, AMPLE));
    assertEquals(1, received.size());

    serve(request -> request.response().end(AMO));
    clock.addAndGet(Duration.ofMinutes(6).toNanos());
    assertEquals(Optional.empty(), crm.find(ALI, 1));
    Eventually.eventually(
        "the answer is refreshed behind",
        SOON,
        () -> crm.find(ALI, 1).map(OutsideContact::name).equals(Optional.of("Ali Karimi")));
  }

  @Test
  void aSlowAnswerIsThereForTheNextCall() throws Exception {
    Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    serve(held::add);
    OutsideCrm crm = crm("bitrix24");
    assertEquals(Optional.empty(), crm.find(ALI, 1));
    Eventually.eventually("it was asked", SOON, () -> !held.isEmpty());
    assertEquals(Optional.empty(), crm.find(ALI, 1));
    assertEquals(1, held.size(), "asked once for both");
    held.remove().response().end(BITRIX);
    Eventually.eventually("it is known", SOON, () -> crm.find(ALI, 1).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>sign in</html>",
        "\"x\"",
        "{\"result\":[{\"NAME\":",
        "",
      })
  void whatIsNoAnswerIsNobodyAndNotKept(String answer) throws Exception {
    serve(request -> request.response().end(answer));
    OutsideCrm crm = crm("bitrix24");
    assertEquals(Optional.empty(), crm.find(ALI, AMPLE));
    assertThrows(OutsideCrm.Unavailable.class, () -> crm.look(ALI));
    assertEquals(2, received.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":[]}",
        "{\"result\":{}}",
        "{\"result\":[\"Ali\"]}",
        "{\"result\":[{\"NAME\":17.5}]}",
        "{\"result\":\"Ali\"}",
        "{\"result\":[{\"NAME\":\"\\u202e \"}]}",
      })
  void ofAnotherShapeItIsNobody(String answer) throws Exception {
    serve(request -> request.response().end(answer));
    assertEquals(Optional.empty(), crm("bitrix24").look(ALI));
  }

  @Test
  void textOfAStrangerIsCutAndHarmless() throws Exception {
    String name = "\\u202eAli\\u0007" + "x".repeat(1_000);
    serve(request ->
        request
            .response()
            .end(
                "{\"data\":{\"key\":\"%s\",\"title\":\"%s\",\"agent\":\"12345678901\",\"page\":\"javascript:alert(1)\"}}"
                    .formatted("9".repeat(500), name)));
    OutsideContact contact = crm("json").find(ALI, AMPLE).orElseThrow();
    assertTrue(contact.name().startsWith("Ali x"), contact::name);
    assertEquals(200, contact.name().length());
    assertEquals(100, contact.id().length());
    assertEquals(Optional.empty(), contact.link());
    assertEquals(Optional.empty(), contact.responsible());
  }

  @Test
  void whoWasFoundBySomethingElseThanTheNumberIsNotTheCaller() throws Exception {
    serve(request -> request.response().end(AMO.replace("123-45-67", "123-45-60")));
    assertEquals(Optional.empty(), crm("amocrm").look(ALI));
  }

  @Test
  void aRedirectIsNotFollowedAndTenMegabytesAreNotRead() throws Exception {
    serve(request ->
        request
            .response()
            .setStatusCode(302)
            .putHeader("location", "http://127.0.0.1:" + port + "/elsewhere")
            .end());
    OutsideCrm crm = crm("bitrix24");
    assertEquals(Optional.empty(), crm.find(ALI, AMPLE));
    assertEquals(1, received.size());
    serve(request -> request.response().end(BITRIX + " ".repeat(10_000_000)));
    assertEquals(Optional.empty(), crm.find(ALI, AMPLE));
  }

  @Test
  void whoAsksForAPauseGetsIt() throws Exception {
    serve(request -> request.response().setStatusCode(429).putHeader("retry-after", "60").end());
    OutsideCrm crm = crm("bitrix24");
    assertEquals(Optional.empty(), crm.find(ALI, AMPLE));
    serve(request -> request.response().end(BITRIX));
    assertEquals(Optional.empty(), crm.find(ALI, AMPLE));
    assertThrows(OutsideCrm.Unavailable.class, () -> crm.look(ALI));
    assertEquals(1, received.size());
    clock.addAndGet(Duration.ofSeconds(61).toNanos());
    assertTrue(crm.find(ALI, AMPLE).isPresent());
  }

  @Test
  void ofADeadCrmNothingIsKnownAtOnceButWhatIsKept() throws Exception {
    serve(request -> request.response().end(BITRIX));
    OutsideCrm crm = crm("bitrix24");
    assertTrue(crm.find(ALI, AMPLE).isPresent());
    server.close().await(10, TimeUnit.SECONDS);
    clock.addAndGet(Duration.ofHours(2).toNanos());
    for (int i = 0; i < 3; i++) {
      crm.find(new PhoneNumber("+98912000000" + i), AMPLE);
    }
    long before = System.nanoTime();
    assertEquals(Optional.empty(), crm.find(new PhoneNumber("+989120000009"), AMPLE));
    assertTrue(System.nanoTime() - before < AMPLE / 2, "it is not waited for");
    assertTrue(crm.find(ALI, 1).isPresent(), "what is kept is given");
    OutsideCrm.Unavailable why =
        assertThrows(
            OutsideCrm.Unavailable.class, () -> crm.look(new PhoneNumber("+989120000009")));
    assertFalse(String.valueOf(why.getMessage()).contains("s3cret"), why::getMessage);

    serve(request -> request.response().end(BITRIX));
    clock.addAndGet(Duration.ofSeconds(11).toNanos());
    assertTrue(crm.find(new PhoneNumber("+989120000009"), AMPLE).isPresent());
  }

  private void serve(Consumer<HttpServerRequest> answers) throws Exception {
    server.close().await(10, TimeUnit.SECONDS);
    server =
        vertx
            .createHttpServer()
            .requestHandler(request ->
                request
                    .body()
                    .onSuccess(body -> {
                      received.add(
                          "%s %s %s %s %s"
                              .formatted(
                                  request.method(),
                                  request.uri(),
                                  request.getHeader("authorization"),
                                  request.getHeader("x-odoo-database"),
                                  body));
                      answers.accept(request);
                    }));
    server.listen(port, "127.0.0.1").await(10, TimeUnit.SECONDS);
  }

  private OutsideCrm crm(String template) {
    Config.OutsideCrm config =
        new Config.OutsideCrm(
            template,
            "http://127.0.0.1:" + port + "/rest/1/{key}",
            Optional.of(new Secret("s3cret")),
            "acme",
            "",
            "/data",
            "/key",
            "/title",
            "/agent",
            "/page",
            List.of("7=101"),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            1_000);
    OutboundClient client =
        new OutboundClient(
            vertx,
            new Config.Outbound(List.of("127.0.0.0/8"), List.of(port), Optional.empty()),
            Resolver.ofMachine(vertx, 8),
            config.timeout(),
            8);
    return new OutsideCrm(config, client, clock::get, new SimpleMeterRegistry());
  }
}
