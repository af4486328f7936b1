-- The endless answer of an engine to whoever asks for its events; nothing ever happens.
core.register_service("events", "http", function(applet)
    applet:set_status(200)
    applet:add_header("content-type", "application/json")
    applet:start_response()
    applet:send("\n")
    core.sleep(120)
end)
