import asyncio

def serve(loop, name, done):
    print(f"{name} orders")
    grilling = 0.3 if name == "Ada" else 0.2
    loop.call_later(grilling, fetch, loop, name, done)

def fetch(loop, name, done):
    print(f"{name} fetches the burgers")
    loop.call_later(0.3, leave, name, done)

def leave(name, done):
    print(f"{name} leaves")
    done()

def main():
    loop = asyncio.new_event_loop()
    here = 2

    def done():
        nonlocal here
        here -= 1
        if here == 0:
            print("closed")
            loop.stop()

    loop.call_soon(serve, loop, "Ada", done)
    loop.call_soon(serve, loop, "Ben", done)
    loop.run_forever()
    loop.close()

main()
