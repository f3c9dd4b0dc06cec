package io.tamas.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://db/tamas | postgresql://db:5432/tamas | |",
        "postgres://db.example.net:6000/tamas | postgresql://db.example.net:6000/tamas | |",
        "jdbc:postgresql://10.0.0.1/a-b_1 | postgresql://10.0.0.1:5432/a-b_1 | |",
        "postgresql://[2001:db8::1]/t | postgresql://[2001:db8::1]:5432/t | |",
        "postgresql://ann@db/t | postgresql://db:5432/t | ann |",
        "postgresql://ann:@db/t | postgresql://db:5432/t | ann |",
        "postgresql://:key@db/t | postgresql://db:5432/t | | key",
        "postgresql://ann:p%40:%2F%25@db/t | postgresql://db:5432/t | ann | p@:/%",
      })
  void isReadAsItIsWritten(String text, String address, String user, String password) {
    assertEquals(
        Optional.of(
            new DatabaseUrl(
                address,
                Optional.ofNullable(user),
                Optional.ofNullable(password).map(Secret::new))),
        DatabaseUrl.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db",
        "embedded",
        "mysql://db/t",
        "postgresql:db/t",
        "postgresql:///t",
        "postgresql://db",
        "postgresql://db/",
        "postgresql://db/t/u",
        "postgresql://db/t u",
        "postgresql://db:65536/t",
        "postgresql://a,b/t",
        "postgresql://db/t?sslmode=disable",
        "postgresql://db/t?",
        "postgresql://db/t#x",
        "postgresql://a b@db/t",
        "postgresql://a%0Ab@db/t",
        "postgresql://a:b%00@db/t",
        "postgresql://a:b@c@db/t",
      })
  void anythingElseIsNone(String text) {
    assertEquals(Optional.empty(), DatabaseUrl.parse(text));
  }
}
