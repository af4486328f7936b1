-- Asks another server about each request before it is served. Written by Interlock; changes made here are overwritten.
--
-- The first line, which the plugin writes, sets the listener through which to ask, the milliseconds in which the answer
-- must be complete, and the maximum number of cookies of an answer. A request passes only if this script sets its
-- variable to "passed"; HAProxy refuses it otherwise, also if the script ends with an error.

local MARK = "x-interlock-auth"

-- The listener limits the time before. This is for a fault of the listener.
local LONGEST = 3 * timeout

local function set(...)
    local result = {}
    for _, name in ipairs({...}) do
        result[name] = true
    end
    return result
end

-- Belongs to one message or connection.
local FRAMING = set("connection", "content-length", "host", "http2-settings", "keep-alive", "proxy",
    "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    "expect", MARK)

-- Of a request, what would make the answer depend on what the client has already, and what this script says itself.
local REPLACED = set("if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "range",
    "forwarded", "x-real-ip")

-- Headers of the request that the server is asked about, also if its answer has headers of the same name.
local CREDENTIALS = set("authorization", "cookie")

-- An application may take every other character of a header name for a hyphen.
local function plain(name)
    return (name:lower():gsub("[^%w]", "-"))
end

-- Values of a header, which HAProxy numbers from 0.
local function values_of(values)
    local result = {}
    local i = 0
    while values and values[i] do
        result[#result + 1] = values[i]
        i = i + 1
    end
    return result
end

local lists = {}

-- The names of a list, and which names are in it; "-" is the empty list.
local function names_of(text)
    local list = lists[text]
    if not list then
        list = { names = {}, has = {} }
        if text ~= "-" then
            for name in text:gmatch("[^,]+") do
                list.names[#list.names + 1] = name
                list.has[plain(name)] = true
            end
        end
        lists[text] = list
    end
    return list
end

local function question(txn, backend, url, given, seen, trust)
    local headers = {}
    local asked = txn.http:req_get_headers()
    for name, values in pairs(asked) do
        local known = plain(name)
        local hidden = FRAMING[known] or REPLACED[known] or known:sub(1, 12) == "x-forwarded-"
        if #seen.names > 0 then
            hidden = hidden or not seen.has[known]
        else
            hidden = hidden or (given.has[known] and not CREDENTIALS[known])
        end
        if not hidden then
            headers[name] = values_of(values)
        end
    end
    local host = txn.sf:req_fhdr("host")
    local forwarded = values_of(asked["x-forwarded-host"])
    if trust == "forwarded" and forwarded[1] then
        host = forwarded[1]
    end
    headers["host"] = { url:match("^http://([^/]+)") }
    headers["x-forwarded-for"] = { txn.sf:src() }
    headers["x-forwarded-host"] = { host }
    headers["x-forwarded-method"] = { txn.sf:method() }
    headers["x-forwarded-proto"] = { values_of(asked["x-forwarded-proto"])[1] or "http" }
    headers["x-forwarded-uri"] = { txn.sf:pathq() }
    headers[MARK] = { backend }
    return headers
end

local function milliseconds(since)
    local now = core.now()
    return (now.sec - since.sec) * 1000 + (now.usec - since.usec) / 1000
end

-- Whether the answer is whole, and every application reads it in the same way.
local function is_valid(answer)
    local length = values_of(answer.headers["content-length"])[1]
    if answer.status < 200 or answer.status > 599 or length and tonumber(length) ~= #(answer.body or "") then
        return false
    end
    for _, values in pairs(answer.headers) do
        for _, value in pairs(values) do
            if value:find("[\0-\8\10-\31\127]") then
                return false
            end
        end
    end
    return true
end

-- Gives the request the headers of the answer; returns whether they fit.
local function pass(txn, variable, given, answer)
    for name, _ in pairs(txn.http:req_get_headers()) do
        if given.has[plain(name)] then
            txn.http:req_del_header(name)
        end
    end
    for _, name in ipairs(given.names) do
        local values = values_of(answer.headers[name])
        if name == "set-cookie" then
            if #values > most_cookies then
                return false
            end
            for i, value in ipairs(values) do
                txn:set_var(variable .. ".cookie" .. i, value)
            end
        else
            for _, value in ipairs(values) do
                txn.http:req_add_header(name, value)
            end
            if tonumber(txn.sf:req_fhdr_cnt(name)) ~= #values then
                return false
            end
        end
    end
    return true
end

-- Gives the answer to the client, and ends the request.
local function refuse(txn, answer)
    local reply = txn:reply({ status = answer.status, reason = answer.reason })
    for name, values in pairs(answer.headers) do
        if not FRAMING[plain(name)] then
            for _, value in ipairs(values_of(values)) do
                reply:add_header(name, value)
            end
        end
    end
    if not answer.headers["cache-control"] then
        reply:add_header("cache-control", "no-store")
    end
    if txn.sf:method() ~= "HEAD" then
        reply:set_body(answer.body or "")
    end
    txn:done(reply)
end

local function ask(txn, backend, variable, url, response_headers, request_headers, trust)
    local since = core.now()
    local given = names_of(response_headers)
    local answer = core.httpclient():get({
        url = url,
        headers = question(txn, backend, url, given, names_of(request_headers), trust),
        dst = socket,
        timeout = LONGEST
    })
    if milliseconds(since) > timeout or (answer.status == 504 and not answer.headers[MARK]) then
        txn:set_var(variable, "late")
    elseif not answer.headers[MARK] or not is_valid(answer) then
        txn:set_var(variable, "faulty")
    elseif answer.status > 299 then
        refuse(txn, answer)
    elseif pass(txn, variable, given, answer) then
        txn:set_var(variable, "passed")
    end
end

core.register_action("interlock-forward-auth", { "http-req" }, ask, 6)
