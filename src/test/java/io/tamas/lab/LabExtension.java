package io.tamas.lab;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each test its [Lab], and all of them one [House]. JUnit closes what is in its stores: a
/// lab with its test, the house with the JVM.
final class LabExtension implements ParameterResolver {
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
}
