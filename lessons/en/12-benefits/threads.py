import threading
import time

printer = threading.Lock()

def say(text):
    # Without the lock, two threads may print at once.
    with printer:
        print(text)

def serve(name):
    say(f"{name} orders")
    time.sleep(0.3 if name == "Ada" else 0.2)
    say(f"{name} fetches the burgers")
    time.sleep(0.3)
    say(f"{name} leaves")

def main():
    customers = [
        threading.Thread(target=serve, args=(name,))
        for name in ("Ada", "Ben")
    ]
    for customer in customers:
        customer.start()
    for customer in customers:
        customer.join()
    say("closed")

main()
