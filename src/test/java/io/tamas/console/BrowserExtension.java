package io.tamas.console;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each test its [Desks], and all of them one [Chromium], which JUnit closes with the JVM.
final class BrowserExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Desks.class;
  }

  @Override
  public Desks resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Chromium chromium =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Chromium.class, _ -> Chromium.start(), Chromium.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Desks.class, _ -> new Desks(chromium), Desks.class);
  }
}
