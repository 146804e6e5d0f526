import asyncio

async def serve(name):
    print(f"{name} orders")
    await asyncio.sleep(0.3 if name == "Ada" else 0.2)
    print(f"{name} fetches the burgers")
    await asyncio.sleep(0.3)
    print(f"{name} leaves")

async def main():
    await asyncio.gather(serve("Ada"), serve("Ben"))
    print("closed")

asyncio.run(main())
