package io.tamas.mail;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.work.Delivery;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends by SMTP: encrypted unless the configuration says otherwise.
public final class SmtpMailer implements Mailer, AutoCloseable {
  /// SMTP's replies for "wrong user or password", which may be a temporary mistake of the
  /// administrator.
  private static final int NOT_SIGNED_IN = 535;

  private final MailClient client;
  private final Config.Mail config;

  public SmtpMailer(Vertx vertx, Config.Mail config) {
    this.config = config;
    this.client = MailClient.create(vertx, settings(config));
  }

  private static MailConfig settings(Config.Mail config) {
    Duration timeout = config.timeout();
    MailConfig settings =
        new MailConfig()
            .setHostname(config.host())
            .setPort(config.port())
            .setSsl(config.security().equals("tls"))
            .setStarttls(
                config.security().equals("starttls")
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setLogin(config.user().isEmpty() ? LoginOption.DISABLED : LoginOption.REQUIRED)
            .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
            .setIdleTimeout(Math.toIntExact(Math.max(1, timeout.toSeconds())))
            .setHostnameVerificationAlgorithm("HTTPS")
            .setMaxPoolSize(1)
            .setKeepAlive(false)
            .setUserAgent("tamas");
    if (!config.user().isEmpty()) {
      settings
          .setUsername(config.user())
          .setPassword(config.password().map(Secret::reveal).orElse(""));
    }
    return settings;
  }

  @Override
  public Delivery send(Mail mail) {
    try {
      client.sendMail(message(mail)).await(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Delivery.Sent();
    } catch (SMTPException e) {
      boolean never = e.isPermanent() && e.getReplyCode() != NOT_SIGNED_IN;
      return never ? new Delivery.Refused(String.valueOf(e.getMessage())) : later(e);
    } catch (TimeoutException e) {
      return new Delivery.Later("no answer within " + config.timeout());
    } catch (Exception e) { // await throws the cause as it is
      return later(e);
    }
  }

  private static Delivery later(Exception fault) {
    return new Delivery.Later(String.valueOf(fault.getMessage()));
  }

  private MailMessage message(Mail mail) throws IOException {
    MailMessage message =
        new MailMessage()
            .setFrom(config.from())
            .setTo(mail.to())
            .setSubject(mail.subject())
            .setText(mail.text())
            .addHeader("Message-ID", "<" + mail.id() + "@tamas>")
            .addHeader("Auto-Submitted", "auto-generated");
    if (mail.attachment().isPresent()) {
      Path file = mail.attachment().get();
      message.setAttachment(
          MailAttachment.create()
              .setName(file.getFileName().toString())
              .setContentType("audio/wav")
              .setDisposition("attachment")
              .setData(Buffer.buffer(Files.readAllBytes(file))));
    }
    return message;
  }

  @Override
  public void close() {
    client.close();
  }
}
