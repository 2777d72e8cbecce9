/**
 * What applications call the facts of an event: lower case, letters and digits only, the path written together (`req.headers.host` is
 * `reqheadershost`). The first of a list is believed first. Sources: the field tables of pino-http, winston, bunyan, LoggerJSON,
 * OpenTelemetry's semantic conventions, ECS, Serilog, structlog, zap and the audit logs of common identity products.
 */
export const usualNames = {
  event: `event eventname eventtype evt eventaction eventcode audit auditevent auditaction securityevent action activity activitytype
    operation type eventid kind`,
  message: "msg message mt body eventoriginal",
  outcome: `outcome eventoutcome result success succeeded successful actionresult actionoutcome status state decision resultstatus
    statuscode httpstatus httpstatuscode httpresponsestatuscode resstatuscode responsestatus responsestatuscode`,
  reason: `reason eventreason failurereason outcomereason errorcode errorreason errortype failurecode statusdetail resultreason code error errormessage
    errmessage errormsg exceptionmessage errcode cause`,
  time: `time timestamp ts eventtime datetime date t createdat occurredat timegenerated asctime when logtimestamp timeunixnano
    syslogtimestamp realtimetimestamp sourcerealtimetimestamp`,
  actorId: `actorid actoruserid actor userid uid currentuserid enduserid accountid customerid memberid principalid subjectid requserid usersub
    sub useruserid usruserid usrid jwtsub claimssub principal subject useridentifier identity user usr username userlogin
    actorusername actorname actoremail login loginname usernameorid account accountname useremail email emailaddress mail identifier
    userprincipalname upn who loggedinas requsername requseremail reqbodyemail reqbodyusername owner performedby`,
  actorName: "actorname actorusername username userlogin login loginname requsername usrname userprincipalname accountname",
  actorEmail: "actoremail useremail email emailaddress mail usremail requseremail",
  actorType: "actortype usertype actorrole",
  targetId: `targetid targetuserid target onuserid affecteduserid objectid resourceid entityid objid
    recordid documentid targetusername targetemail`,
  targetType: "targettype resourcetype objecttype entitytype",
  targetName: "targetname resourcename objectname",
  ip: `sourceip sourceaddress clientip clientaddress ip ipaddress ipaddr xforwardedfor forwardedfor headersxforwardedfor reqheadersxforwardedfor
    requestheadersxforwardedfor xrealip realip headersxrealip reqheadersxrealip httpclientip networkclientip useripaddress userip
    actorip actoripaddress remoteip remoteaddress remoteaddr remotehost requestip requestremoteip
    reqip reqremoteaddress reqremoteaddr requestremoteaddress httprequestremoteip clientipaddress srcip src sourceipaddress
    peeraddress networkpeeraddress rhost remote client host addr address callerip requestmetadatacallerip`,
  userAgent: `useragent useragentoriginal httpuseragent ua agent headersuseragent reqheadersuseragent requestheadersuseragent requestuseragent
    httprequestuseragent requseragent browser clientuseragent`,
  requestId: `requestid reqid req httprequestid correlationid requestcorrelationid xrequestid reqheadersxrequestid transactionid`,
  traceId: "traceid trace spantraceid ddtraceid logginggoogleapiscomtrace",
  method: "method requestmethod reqmethod httpmethod httprequestmethod verb",
  route: "route requestroute httproute path reqpath requestpath endpoint url requrl requesturl uri",
  session: "sessionid session sid usersessionid sessionuid",
  tenant: "tenant tenantid organizationid organisationid orgid organization org workspaceid teamid realm realmid realmname",
  service: "servicename service appname app application applicationname loggername component",
} as const;

export type Slot = keyof typeof usualNames;

/** Objects that hold the facts of an event without saying anything themselves. */
export const containers: ReadonlySet<string> = new Set(
  `metadata meta context ctx data extra extras payload fields attributes attrs labels jsonpayload details detail params parameters props
  properties mdc custom scope state contextmap msg message body log info args event evt audit auditevent record`.split(/\s+/),
);

/** A name in the form of the table. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
