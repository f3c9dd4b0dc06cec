package io.tamas.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Debian's Chromium, of a root file system of its own, driven by Playwright.
final class Chromium implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium start() {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(root().resolve("chromium"))
                    .setArgs(
                        List.of(
                            "--disable-gpu",
                            "--font-render-hinting=none",
                            // pictures put files of the build into pages of a server
                            "--disable-features=LocalNetworkAccessChecks")));
    return new Chromium(playwright, browser);
  }

  Browser browser() {
    return browser;
  }

  /// Built if it is missing.
  private static Path root() {
    try {
      Process script =
          new ProcessBuilder(Path.of("docker/browser-root").toAbsolutePath().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String path = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (script.waitFor() != 0) {
        throw new IllegalStateException("docker/browser-root has failed");
      }
      return Path.of(path.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
