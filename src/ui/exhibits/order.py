import asyncio


async def order(number):
    print("the order begins")
    await asyncio.sleep(1)
    print("the burgers are there")
    return number
