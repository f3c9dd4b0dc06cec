package io.tamas.cli.phone;

import gov.nist.javax.sip.SipStackExt;
import gov.nist.javax.sip.clientauthutils.AccountManager;
import gov.nist.javax.sip.clientauthutils.UserCredentials;
import io.tamas.config.Secret;
import io.tamas.ops.PortCheck;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.sip.ClientTransaction;
import javax.sip.ListeningPoint;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/// A SIP user at an address of this machine (RFC 3261, over UDP), by the JAIN SIP library.
final class SipLine implements AutoCloseable {
  private static final int MAX_TRIES = 20;

  private final SipStack stack;
  private final SipProvider provider;
  private final AddressFactory addresses;
  private final HeaderFactory headers;
  private final MessageFactory messages;
  private final String user;
  private final String host;
  private final InetSocketAddress server;

  SipLine(String user, String host, InetSocketAddress server, SipListener listener)
      throws SipException {
    this.user = user;
    this.host = host;
    this.server = server;
    SipFactory factory = SipFactory.getInstance();
    factory.setPathName("gov.nist");
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "javax.sip." + UUID.randomUUID());
    properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
    try {
      stack = factory.createSipStack(properties);
      addresses = factory.createAddressFactory();
      headers = factory.createHeaderFactory();
      messages = factory.createMessageFactory();
      ListeningPoint point = listen(stack, host);
      provider = stack.createSipProvider(point);
      provider.addSipListener(listener);
    } catch (java.util.TooManyListenersException | javax.sip.InvalidArgumentException e) {
      throw new SipException("no SIP on " + host, e);
    }
  }

  /// The library cannot choose a free port itself.
  private static ListeningPoint listen(SipStack stack, String host)
      throws javax.sip.InvalidArgumentException, SipException {
    for (int tries = 1; ; tries++) {
      try {
        return stack.createListeningPoint(host, PortCheck.any(), "udp");
      } catch (javax.sip.InvalidArgumentException taken) {
        if (tries == MAX_TRIES) {
          throw taken;
        }
      }
    }
  }

  SipProvider provider() {
    return provider;
  }

  /// A request outside any dialog.
  Request request(String method, String toUser) throws SipException {
    try {
      SipURI from = addresses.createSipURI(user, host);
      SipURI to = addresses.createSipURI(toUser, server.getAddress().getHostAddress());
      SipURI target = addresses.createSipURI(toUser, server.getAddress().getHostAddress());
      target.setPort(server.getPort());
      if (method.equals(Request.REGISTER)) {
        target.removeParameter("user");
        target.setUser(null);
        from = to;
      }
      ViaHeader via = headers.createViaHeader(host, port(), "udp", null);
      Request request =
          messages.createRequest(
              target,
              method,
              provider.getNewCallId(),
              headers.createCSeqHeader(1L, method),
              headers.createFromHeader(addresses.createAddress(from), tag()),
              headers.createToHeader(addresses.createAddress(to), null),
              List.of(via),
              headers.createMaxForwardsHeader(70));
      addContact(request);
      return request;
    } catch (ParseException | javax.sip.InvalidArgumentException e) {
      throw new SipException("not valid in SIP: " + user + ", " + toUser, e);
    }
  }

  Response response(int status, Request request) throws SipException {
    try {
      Response response = messages.createResponse(status, request);
      addContact(response);
      return response;
    } catch (ParseException e) {
      throw new SipException("no response " + status, e);
    }
  }

  private void addContact(Message message) throws ParseException {
    SipURI contact = addresses.createSipURI(user, host);
    contact.setPort(port());
    message.setHeader(headers.createContactHeader(addresses.createAddress(contact)));
  }

  void setBody(Message message, Sdp sdp) throws SipException {
    try {
      message.setContent(
          sdp.text().getBytes(StandardCharsets.UTF_8),
          headers.createContentTypeHeader("application", "sdp"));
    } catch (ParseException e) {
      throw new SipException("no body", e);
    }
  }

  void setExpires(Request request, int seconds) throws SipException {
    try {
      request.setHeader(headers.createExpiresHeader(seconds));
    } catch (javax.sip.InvalidArgumentException e) {
      throw new SipException("no expiry", e);
    }
  }

  /// The request again, with the requested authentication.
  ClientTransaction authenticate(ResponseEvent challenge, Secret password) throws SipException {
    AccountManager account =
        (transaction, realm) ->
            new UserCredentials() {
              @Override
              public String getUserName() {
                return user;
              }

              @Override
              public String getPassword() {
                return password.reveal();
              }

              @Override
              public String getSipDomain() {
                return realm;
              }
            };
    return ((SipStackExt) stack)
        .getAuthenticationHelper(account, headers)
        .handleChallenge(challenge.getResponse(), challenge.getClientTransaction(), provider, 5);
  }

  static String tag() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  private int port() {
    return provider.getListeningPoint("udp").getPort();
  }

  @Override
  public void close() {
    stack.stop();
  }
}
