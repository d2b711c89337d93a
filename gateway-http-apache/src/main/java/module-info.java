/** The HTTP door of Gatehouse on Apache HttpClient 5. */
module dev.gatehouse.http.apache {
  requires static org.jspecify;
  requires transitive dev.gatehouse.api;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;

  exports dev.gatehouse.http.apache;

  provides dev.gatehouse.http.HttpTransportFactory with
      dev.gatehouse.http.apache.ApacheHttpTransportFactory;
}
