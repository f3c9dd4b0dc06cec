package io.tamas.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each test its [Lab], and all of them one [House]. JUnit closes what is in its stores: a
/// lab with its test, the house with the JVM. After each class Asterisk has had nothing to say
/// against the dialplan and its configuration.
final class LabExtension implements ParameterResolver, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(LabExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lab.class;
  }

  @Override
  public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
    House house =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(House.class, _ -> House.open(Running.FOR_TESTS), House.class);
    return context.getStore(NAMESPACE).computeIfAbsent(Lab.class, _ -> new Lab(house), Lab.class);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    House house = context.getRoot().getStore(NAMESPACE).get(House.class, House.class);
    if (house != null) {
      assertEquals(List.of(), house.asterisk().complaints());
    }
  }
}
