/*
 * A server that behaves as applications do when they are rolled: HTTP/1.1 with kept connections, slow to listen, quick or
 * slow to leave. It says its name, and notes each request that it executes in a file which outlives it, so that a request
 * which two servers executed is found out even if one of them was killed.
 *
 * Environment:
 *   NAME          what it answers
 *   PORT          where it listens; 8080
 *   LISTEN_DELAY  milliseconds from its start until it listens; 0
 *   WORK          milliseconds that a request takes; 0
 *   ON_TERM       what SIGTERM does. exit: it is gone at once, whatever is in flight (the default). drain:MS: it serves as
 *                 before for so long, then accepts nothing more, answers what is in flight, and exits. ignore: nothing.
 *
 * A request to upgrade to a WebSocket is granted, with the answer to the key of RFC 6455's example; from then on whatever
 * comes is sent back as it is.
 *
 * A request for /id/SOMETHING is noted as the line SOMETHING in the file /executed when its execution begins.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_HEAD 16384
#define MAX_CONNECTIONS 4096
#define STACK_BYTES 65536
#define LAST_ANSWERS_MS 1000

static const char *name;
static long work_ms;
static int executed = -1;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int connections[MAX_CONNECTIONS]; /* sockets; 0: none */
static int open_connections;
static int listener = -1;
static int closing;

static void pause_ms(long ms) {
    struct timespec left = {ms / 1000, ms % 1000 * 1000000};
    while (ms > 0 && nanosleep(&left, &left) == -1 && errno == EINTR) {
    }
}

static long number(const char *variable, long otherwise) {
    const char *value = getenv(variable);
    return value ? atol(value) : otherwise;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

/* ---- connections */

static int enter(int fd) {
    int slot = -1;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MAX_CONNECTIONS && !closing; i++) {
        if (connections[i] == 0) {
            connections[i] = fd;
            open_connections++;
            slot = i;
            break;
        }
    }
    pthread_mutex_unlock(&lock);
    return slot;
}

static void leave(int slot) {
    pthread_mutex_lock(&lock);
    close(connections[slot]);
    connections[slot] = 0;
    open_connections--;
    pthread_mutex_unlock(&lock);
}

static int is_closing(void) {
    pthread_mutex_lock(&lock);
    int now = closing;
    pthread_mutex_unlock(&lock);
    return now;
}

static int send_all(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t n = send(fd, bytes, length, MSG_NOSIGNAL);
        if (n <= 0) {
            return 0;
        }
        bytes += n;
        length -= n;
    }
    return 1;
}

/* ---- requests */

static void note(const char *head) {
    const char *id = strstr(head, " /id/");
    const char *end_of_line = strchr(head, '\r');
    if (!id || id > end_of_line) {
        return;
    }
    id += 5;
    char line[128];
    int length = snprintf(line, sizeof line, "%.*s\n", (int)strcspn(id, " ?\r"), id);
    /* One write with O_APPEND: lines of several threads do not mix. */
    if (length >= (int)sizeof line || write(executed, line, length) != length) {
        die("noting a request");
    }
}

static int answer(int fd, const char *head, int keep) {
    char response[512];
    int with_body = strncmp(head, "HEAD ", 5) != 0;
    int length = snprintf(response, sizeof response,
                          "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n%s\r\n%s%s",
                          strlen(name) + 1, keep ? "" : "Connection: close\r\n",
                          with_body ? name : "", with_body ? "\n" : "");
    return send_all(fd, response, length) && keep;
}

/* Until one side has had enough. */
static void echo(int fd) {
    static const char granted[] = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    char buffer[1024];
    ssize_t n = sizeof granted - 1;
    for (int going_on = send_all(fd, granted, n); going_on; going_on = n > 0 && send_all(fd, buffer, n)) {
        n = recv(fd, buffer, sizeof buffer, 0);
    }
}

/* Answers the request whose head is given; returns whether the connection goes on. */
static int execute(int fd, const char *head) {
    if (strcasestr(head, "\r\nupgrade: websocket")) {
        echo(fd);
        return 0;
    }
    note(head);
    pause_ms(work_ms);
    int keep = !strstr(head, " HTTP/1.0\r\n") && !strcasestr(head, "\r\nconnection: close") && !is_closing();
    return answer(fd, head, keep);
}

/* Reads until there is a whole head and body; returns the head's length, or 0 when there is no further request. */
static size_t next_request(int fd, char *buffer, size_t *filled, size_t *body_left) {
    for (;;) {
        buffer[*filled] = 0;
        char *end = strstr(buffer, "\r\n\r\n");
        if (end) {
            size_t head = end + 4 - buffer;
            char *length = strcasestr(buffer, "\r\ncontent-length:");
            *body_left = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
            return head;
        }
        if (*filled == MAX_HEAD) {
            return 0;
        }
        ssize_t n = recv(fd, buffer + *filled, MAX_HEAD - *filled, 0);
        if (n <= 0) {
            return 0;
        }
        *filled += n;
    }
}

/* Drops the bytes of a body; returns 0 if the client went away before its end. */
static int skip_body(int fd, size_t left) {
    char dropped[4096];
    while (left > 0) {
        ssize_t n = recv(fd, dropped, left < sizeof dropped ? left : sizeof dropped, 0);
        if (n <= 0) {
            return 0;
        }
        left -= n;
    }
    return 1;
}

static void serve(int fd) {
    char buffer[MAX_HEAD + 1];
    size_t filled = 0, body;
    for (;;) {
        size_t head = next_request(fd, buffer, &filled, &body);
        if (head == 0) {
            return;
        }
        size_t here = filled - head < body ? filled - head : body;
        if (!skip_body(fd, body - here)) {
            return;
        }
        char after_head = buffer[head];
        buffer[head] = 0;
        int keep = execute(fd, buffer);
        buffer[head] = after_head;
        if (!keep) {
            return;
        }
        filled -= head + here;
        memmove(buffer, buffer + head + here, filled);
    }
}

static void *serve_slot(void *argument) {
    int slot = (int)(long)argument;
    serve(connections[slot]);
    leave(slot);
    return NULL;
}

/* ---- life */

static void listen_now(void) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons(number("PORT", 8080))};
    struct sockaddr_in address4 = {.sin_family = AF_INET, .sin_port = address.sin6_port};
    int on = 1, off = 0;
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    int v6 = fd >= 0;
    if (!v6) {
        fd = socket(AF_INET, SOCK_STREAM, 0);
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (v6) {
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    }
    if (bind(fd, v6 ? (void *)&address : (void *)&address4, v6 ? sizeof address : sizeof address4) || listen(fd, 1024)) {
        die("listening");
    }
    pthread_mutex_lock(&lock);
    listener = fd;
    pthread_mutex_unlock(&lock);
}

static void *accept_all(void *unused) {
    (void)unused;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK_BYTES);
    pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
    pause_ms(number("LISTEN_DELAY", 0));
    listen_now();
    while (!is_closing()) {
        int on = 1;
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) {
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        int slot = enter(fd);
        pthread_t thread;
        if (slot < 0) {
            close(fd);
        } else if (pthread_create(&thread, &small, serve_slot, (void *)(long)slot)) {
            leave(slot);
        }
    }
    return NULL;
}

/* Accepts nothing more, lets idle connections end, and waits for the answers in flight. */
static void finish(void) {
    pthread_mutex_lock(&lock);
    closing = 1;
    if (listener >= 0) {
        shutdown(listener, SHUT_RD);
    }
    for (int i = 0; i < MAX_CONNECTIONS; i++) {
        if (connections[i]) {
            /* What has arrived can still be read, then it looks like the client's end. */
            shutdown(connections[i], SHUT_RD);
        }
    }
    pthread_mutex_unlock(&lock);
    for (int waited = 0; waited < LAST_ANSWERS_MS + work_ms; waited++) {
        pthread_mutex_lock(&lock);
        int left = open_connections;
        pthread_mutex_unlock(&lock);
        if (left == 0) {
            return;
        }
        pause_ms(1);
    }
}

int main(void) {
    const char *on_term = getenv("ON_TERM") ? getenv("ON_TERM") : "exit";
    name = getenv("NAME") ? getenv("NAME") : "backend";
    work_ms = number("WORK", 0);
    executed = open("/executed", O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (executed < 0) {
        die("/executed");
    }

    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigaddset(&term, SIGINT);
    pthread_sigmask(SIG_BLOCK, &term, NULL);
    pthread_t acceptor;
    if (pthread_create(&acceptor, NULL, accept_all, NULL)) {
        die("pthread_create");
    }
    int signal_number;
    do {
        sigwait(&term, &signal_number);
    } while (strcmp(on_term, "ignore") == 0);
    if (strncmp(on_term, "drain:", 6) == 0) {
        pause_ms(atol(on_term + 6));
        finish();
    }
    _exit(0);
}
